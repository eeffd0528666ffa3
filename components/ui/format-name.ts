const ELLIPSIS = '\u2026';
/** Letters kept before the extension: they tell IMG_0412 from IMG_0413. */
const KEPT_LETTERS = 4;
/** A longer "extension" is a sentence with a dot in it. */
const LONGEST_EXTENSION = 12;

/** Made when a name first needs it: most have no character that is more than one letter. */
let segmenter: Intl.Segmenter | undefined;
/** Printable ASCII: each is a character of its own. */
const PLAIN = /^[ -~]*$/;

/** Whole characters as people see them: an emoji with its skin tone, a letter with its accents. */
export function graphemes(text: string): string[] {
  if (PLAIN.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Cuts a name into what may be shortened and what stays: the extension and the 4 characters before it. */
export function splitName(name: string): { head: string; tail: string } {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= LONGEST_EXTENSION ? name.slice(dot) : '';
  const stem = graphemes(extension ? name.slice(0, dot) : name);
  const cut = Math.max(0, stem.length - KEPT_LETTERS);
  // No joint inside a short name: there is nothing to save, and a joint could break a ligature.
  if (cut <= KEPT_LETTERS) return { head: '', tail: name };
  return { head: stem.slice(0, cut).join(''), tail: stem.slice(cut).join('') + extension };
}

/** At most `max` characters, shortened in the middle: "pine-pa...rait.jpg" with one ellipsis character. */
export function truncateMiddle(name: string, max: number): string {
  if (graphemes(name).length <= max) return name;
  const { head, tail } = splitName(name);
  const room = max - graphemes(tail).length - 1;
  if (head === '' || room < 1) {
    const letters = graphemes(name);
    return `${letters.slice(0, Math.max(1, max - 1)).join('')}${ELLIPSIS}`;
  }
  return `${graphemes(head).slice(0, room).join('')}${ELLIPSIS}${tail}`;
}

/** Up to two initials: "Mara Lind" is ML, "admin@example.com" is A. */
export function initials(name: string): string {
  const words =
    name
      .split('@')[0]
      ?.trim()
      .split(/[\s._-]+/u)
      .filter(Boolean) ?? [];
  const picked = words.length > 1 ? [words[0], words[words.length - 1]] : words.slice(0, 1);
  return picked.map((word) => graphemes(word ?? '')[0]?.toUpperCase() ?? '').join('');
}
