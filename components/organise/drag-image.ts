/** Pictures that a drag shows. */
const shown = 3;

/**
 * What hangs at the pointer during a drag: the first three pictures as a stack, a name and a count. Browsers take a picture of it once,
 * so it is made of what is on the page already and thrown away.
 */
export function dragImage(first: HTMLElement, entries: HTMLElement[], name: string, count: number): HTMLElement {
  const card = document.createElement('div');
  card.className =
    'pointer-events-none fixed -left-[999px] top-0 flex items-center gap-2.5 rounded-4 bg-inverse px-3 py-2 text-label text-on-inverse shadow-3';
  const stack = document.createElement('span');
  stack.className = 'relative block h-9 flex-none';
  const ordered = [first, ...entries.filter((entry) => entry !== first)].slice(0, shown);
  stack.style.width = `${36 + (ordered.length - 1) * 10}px`;
  for (const [at, entry] of ordered.entries()) {
    const picture = entry.querySelector('img')?.cloneNode() ?? entry.querySelector('svg')?.cloneNode(true);
    const frame = document.createElement('span');
    frame.className =
      'absolute grid size-9 place-items-center overflow-hidden rounded-2 bg-raised text-fg-2 inset-ring inset-ring-line [&>img]:size-full [&>img]:object-cover [&>svg]:size-4';
    frame.style.left = `${at * 10}px`;
    frame.style.zIndex = String(shown - at);
    if (picture) frame.append(picture);
    stack.append(frame);
  }
  const text = document.createElement('bdi');
  text.textContent = count > 1 ? count.toLocaleString('en') : name;
  text.className = 'max-w-60 truncate tabular-nums';
  card.append(stack, text);
  document.body.append(card);
  setTimeout(() => card.remove(), 0);
  return card;
}
