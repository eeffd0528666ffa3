import { expect, test } from 'vitest';
import { pickedFiles, readDrop, takeDrop } from './read-drop.ts';
import type { PickedFile } from './types.ts';

type Tree = { [name: string]: Tree | string };

/** The browser's entries for a tree, answering at most 100 at a time as Chromium does. */
function entryOf(name: string, content: Tree | string, path: string): FileSystemEntry {
  const fullPath = `${path}/${name}`;
  if (typeof content === 'string') {
    const file = (resolve: (file: File) => void, reject: (error: Error) => void) =>
      setTimeout(() =>
        content === 'gone'
          ? reject(new DOMException('A file was not found.', 'NotFoundError'))
          : resolve(new File([content], name)),
      );
    return { isFile: true, isDirectory: false, name, fullPath, file } as unknown as FileSystemEntry;
  }
  const createReader = () => {
    const left = Object.entries(content).map(([child, inside]) => entryOf(child, inside, fullPath));
    return {
      readEntries: (resolve: (entries: FileSystemEntry[]) => void) => setTimeout(() => resolve(left.splice(0, 100))),
    };
  };
  return { isFile: false, isDirectory: true, name, fullPath, createReader } as unknown as FileSystemEntry;
}

const dropOf = (tree: Tree) => ({
  items: Object.entries(tree).map(([name, content]) => ({
    kind: 'file',
    webkitGetAsEntry: () => entryOf(name, content, ''),
    getAsFile: () => null,
  })) as unknown as DataTransferItemList,
  files: [] as unknown as FileList,
});

async function read(tree: Tree) {
  const found: PickedFile[] = [];
  const problems: string[] = [];
  const empty: string[] = [];
  const files = readDrop(
    takeDrop(dropOf(tree)),
    (problem) => problems.push(problem.path),
    (path) => empty.push(path),
  );
  for await (const file of files) found.push(file);
  return { paths: found.map((file) => file.relativePath), problems, empty };
}

test('folders keep their structure, and those with nothing in them are named', async () => {
  const tree = { 'a.jpg': 'x', lakes: { 'b.jpg': 'x', empty: {}, deep: { 'c c.jpg': 'x', nest: { egg: {} } } } };
  const { paths, empty } = await read(tree);
  expect(paths).toEqual(['a.jpg', 'lakes/b.jpg', 'lakes/deep/c c.jpg']);
  expect(empty).toEqual(['lakes/empty/', 'lakes/deep/nest/egg/']);
});

test('5,000 files in one folder come in many answers and all arrive', async () => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`${i}.jpg`, 'x']));
  const { paths } = await read({ many });
  expect(new Set(paths).size).toBe(5000);
});

test('a file that went away is named, the rest arrives', async () => {
  const { paths, problems } = await read({ f: { 'a.jpg': 'x', 'b.jpg': 'gone' } });
  expect(paths).toEqual(['f/a.jpg']);
  expect(problems).toEqual(['f/b.jpg']);
});

test('a drop without entries gives its plain files', async () => {
  const file = new File(['x'], 'a.jpg');
  const items = [
    { kind: 'string', getAsFile: () => null },
    { kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => file },
  ] as unknown as DataTransferItemList;
  expect(takeDrop({ items, files: [] as unknown as FileList }).loose).toEqual([file]);
});

test('a folder pick keeps its folders', () => {
  const file = Object.assign(new File(['x'], 'a.jpg'), { webkitRelativePath: 'lakes/a.jpg' });
  expect(pickedFiles([file, new File(['x'], 'b.jpg')]).map((picked) => picked.relativePath)).toEqual([
    'lakes/a.jpg',
    'b.jpg',
  ]);
});

test('a "\\" in a name is a letter of it, though Chromium writes "/" in the path of a folder pick', () => {
  const picked = (name: string, webkitRelativePath: string) =>
    pickedFiles([Object.assign(new File(['x'], name), { webkitRelativePath })])[0]?.relativePath;
  expect(picked('a\\b.jpg', 'lakes/a/b.jpg')).toBe('lakes/a\\b.jpg');
  expect(picked('a\\b.jpg', '')).toBe('a\\b.jpg');
  expect(picked('b.jpg', 'lakes/a/b.jpg')).toBe('lakes/a/b.jpg');
});
