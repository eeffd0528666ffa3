import { nameOf } from '#components/trash/follow-operation.ts';
import { formatBytes, formatPlural } from '#components/ui/format.ts';
import type { ActivityEntry } from '#lib/audit/schema.ts';
import { type GuardrailId, guardrailWords } from '#lib/guardrails/guardrails.ts';
import { jobTitle } from '#lib/jobs/job-titles.ts';
import { nameOfClass } from '#lib/lifecycle/storage-classes.ts';

/** A sentence after its subject, in parts, so that names can be set apart: "moved", "212 files", "to trash in", "press/". */
export type SentencePart = { text: string; kind: 'words' | 'name' | 'place' };

const words = (text: string): SentencePart => ({ text, kind: 'words' });
const name = (text: string): SentencePart => ({ text, kind: 'name' });
const place = (text: string): SentencePart => ({ text, kind: 'place' });

/** What an operation is about: its file by name, or a count and the folder that holds all. */
function object(path: string | null, total: number): { what: SentencePart; where: SentencePart[] } {
  const at = path ?? '';
  if (total === 1 && at !== '' && !at.endsWith('/')) return { what: name(nameOf(at)), where: inFolder(folderOf(at)) };
  return { what: name(formatPlural(total, 'file')), where: inFolder(at.endsWith('/') ? at : folderOf(at)) };
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);
const inFolder = (folder: string) => (folder === '' ? [] : [words('in'), place(folder)]);

type Details = {
  from?: string | undefined;
  to?: string | undefined;
  name?: string | undefined;
  add?: string[] | undefined;
  remove?: string[] | undefined;
  storageClass?: string | undefined;
  ghosts?: string | undefined;
};

const ghostWords: Record<string, string> = {
  'old-versions': 'old versions',
  uploads: 'unfinished uploads',
  markers: 'delete markers with nothing beneath',
};

/** "moved 212 files to trash in press/", for the operation types that there are. */
function operationSentence(type: string, path: string | null, total: number, more: Details = {}): SentencePart[] {
  const about = object(path, total);
  const what = more.from === undefined ? about.what : name(nameOf(more.from));
  const { where } = about;
  const to = more.to === undefined ? where : [words('to'), place(more.to || 'the top folder')];
  switch (type) {
    case 'move':
      return more.name === undefined
        ? [words('moved'), what, ...to]
        : [words('renamed'), what, words('to'), name(more.name)];
    case 'copy':
      return [words('copied'), what, ...to];
    case 'tag':
      return [...tagSentence(more), what, ...where];
    case 'reencrypt':
      return [words('had'), what, words('encrypted anew'), ...where];
    case 'reclass':
      return more.storageClass === undefined
        ? [words('changed the storage class of'), what, ...where]
        : [words('put'), what, ...where, words('into'), name(nameOfClass(more.storageClass))];
    case 'purge':
      return more.ghosts === undefined
        ? [words('deleted'), what, words('forever'), ...where]
        : [words('cleared out'), name(ghostWords[more.ghosts] ?? more.ghosts), words('of'), what, ...where];
    case 'trash':
      return [words('moved'), what, words('to trash'), ...where];
    case 'untrash':
      return [words('restored'), what, words('from trash'), ...where];
    case 'restore-version':
      return [words('restored an older version of'), what, ...where];
    case 'restore-to-time':
      return [words('restored'), what, ...where, words('to an earlier moment')];
    case 'create-folder':
      return [words('made the folder'), place(path ?? '')];
    default:
      return [words(`ran ${type} on`), what, ...where];
  }
}

/** "tagged with Sky and Sea", before its object. */
function tagSentence({ add = [], remove = [] }: Details): SentencePart[] {
  const list = (names: string[]) => new Intl.ListFormat('en').format(names);
  if (add.length > 0 && remove.length > 0) return [words('changed the tags of')];
  if (add.length > 0) return [words('put the'), words(add.length === 1 ? 'tag' : 'tags'), name(list(add)), words('on')];
  if (remove.length > 0)
    return [words('took the'), words(remove.length === 1 ? 'tag' : 'tags'), name(list(remove)), words('from')];
  return [words('changed the tags of')];
}

const kinds: Record<string, string> = {
  move: 'a move',
  copy: 'a copy',
  tag: 'a change of tags',
  purge: 'a deletion',
  reencrypt: 'a new encryption',
  reclass: 'a change of storage class',
  trash: 'a move to trash',
  untrash: 'a restore from trash',
  'restore-version': 'the restore of a version',
  'restore-to-time': 'the restore of a moment',
  'create-folder': 'the making of a folder',
};

/** The id itself for one of another version of Strata. */
const guardrailTitle = (id: string) => (id in guardrailWords ? guardrailWords[id as GuardrailId].title : id);

/** What was done, after the name of the person: "uploaded jetty.jpg to press/". */
export function sentenceOf(entry: Pick<ActivityEntry, 'data' | 'path' | 'by'>): SentencePart[] {
  const { data: fact, path } = entry;
  const own = entry.by.you ? 'your' : 'their';
  switch (fact.type) {
    case 'upload.completed': {
      const folder = folderOf(path ?? '');
      const file = name(nameOf(path ?? ''));
      if (fact.replaced) return [words('replaced'), file, ...inFolder(folder)];
      return [words('uploaded'), file, ...(folder === '' ? [] : [words('to'), place(folder)])];
    }
    case 'upload.cancelled':
      return [words('cancelled the upload of'), name(nameOf(path ?? '')), ...inFolder(folderOf(path ?? ''))];
    case 'upload.rejected':
      return [
        words('sent'),
        name(nameOf(path ?? '')),
        words('in a form that was refused'),
        ...inFolder(folderOf(path ?? '')),
      ];
    case 'operation.started':
      return operationSentence(fact.operation, path, fact.total, fact);
    case 'operation.undone':
      return [words('undid a change and'), ...operationSentence(fact.operation, path, fact.total, fact)];
    case 'operation.cancelled':
      return [words(`cancelled ${kinds[fact.operation] ?? fact.operation}`), ...inFolder(path ?? '')];
    case 'operation.paused':
      return [words(`paused ${kinds[fact.operation] ?? fact.operation}`), ...inFolder(path ?? '')];
    case 'operation.resumed':
      return [words(`went on with ${kinds[fact.operation] ?? fact.operation}`), ...inFolder(path ?? '')];
    case 'operation.retried':
      return [
        words(`tried ${kinds[fact.operation] ?? fact.operation} again for`),
        name(formatPlural(fact.total, 'file')),
        ...inFolder(path ?? ''),
      ];
    case 'renditions.rebuilt':
      return [words('had the thumbnails made again of'), name(formatPlural(fact.versions, 'version'))];
    case 'renditions.prepared':
      return [
        words(`had thumbnails prepared of${fact.estimated ? ' about' : ''}`),
        name(formatPlural(fact.files, 'file')),
      ];
    case 'user.created':
      return [words('added'), name(fact.email)];
    case 'user.disabled':
      return [words('disabled'), name(fact.email)];
    case 'user.enabled':
      return [words('enabled'), name(fact.email)];
    case 'user.password-reset':
      return [words('reset the password of'), name(fact.email)];
    case 'user.password-changed':
      return [words(`changed ${own} password`)];
    case 'user.sessions-ended':
      return [words(`ended ${formatPlural(fact.count, 'session')} of`), name(fact.email)];
    case 'grant.added':
      return [words('made'), name(fact.email), words(`${fact.role} of`), place(fact.prefix || 'the whole library')];
    case 'grant.removed':
      return [
        words(`took the role ${fact.role} of`),
        place(fact.prefix || 'the whole library'),
        words('from'),
        name(fact.email),
      ];
    case 'token.created':
      return [words('made the API token'), name(fact.name)];
    case 'token.revoked':
      return [words('revoked the API token'), name(fact.name)];
    case 'events.token-rotated':
      return [words('made a new token for the events of the bucket'), name(fact.bucket)];
    case 'events.connected':
      return [words('let the bucket'), name(fact.bucket), words('send its events to Strata')];
    case 'library.added':
      return [words('added the library'), name(fact.name)];
    case 'library.removed':
      return [words('removed the library'), name(fact.name)];
    case 'index.check-started':
      return [words('compared the index with the bucket')];
    case 'index.repair-started':
      return [words(`had ${formatPlural(fact.differences, 'difference')} between index and bucket repaired`)];
    case 'index.rebuild-started':
      return [words('had the index built anew')];
    case 'versioning.enabled':
      return [words('switched versioning on for the bucket'), name(fact.bucket)];
    case 'monthly-use.changed':
      return fact.bytes === null
        ? [words('took back what is expected to be read a month')]
        : [words('expects to be read a month:'), name(formatBytes(fact.bytes))];
    case 'prices.changed':
      return fact.after === null
        ? [words('took the price sheet that ships in place of'), name(fact.before)]
        : [words('set the price sheet'), name(fact.after)];
    case 'user.joined':
      return [words('came in by single sign-on for the first time as'), name(fact.email)];
    case 'user.linked':
      return [words(`connected ${own} account`), name(fact.email), words('with single sign-on')];
    case 'job.retried':
      return [words('had a failed job tried again:'), name(jobTitle(fact.job)), ...inFolder(folderOf(path ?? ''))];
    case 'guardrail.applied':
      return [words('put the guardrail'), name(guardrailTitle(fact.guardrail)), words('in force')];
    case 'guardrail.reverted':
      return [words('took the guardrail'), name(guardrailTitle(fact.guardrail)), words('back')];
    case 'guardrails.checked':
      return [words(`probed the guardrails: ${fact.passing} hold, ${fact.failing.length || 'none'} failing`)];
    case 'guardrails.drifted':
      return [
        words('found that a guardrail holds no more:'),
        name(new Intl.ListFormat('en').format(fact.guardrails.map(guardrailTitle))),
      ];
    case 'lifecycle.changed':
      return [words(`changed the lifecycle rules: ${formatPlural(fact.rulesAfter, 'rule')} now`)];
  }
}

/** The sentence as text, for labels and announcements. */
export function plainSentence(entry: Pick<ActivityEntry, 'data' | 'path' | 'by'>): string {
  const who = entry.by.you ? 'You' : entry.by.name;
  return [who, ...sentenceOf(entry).map((part) => part.text)].join(' ');
}
