import type { AssetKind } from '#lib/assets/schema.ts';
import type { MediaFacts } from '../media-facts.ts';

export type Sniffed = { contentType: string; kind: AssetKind };
export type Picture = { bytes: Uint8Array; width: number; height: number };
export type PictureReport = {
  /** As it is shown, with the orientation of the camera applied. */
  width: number;
  height: number;
  pages: number;
  facts: MediaFacts;
  thumbnail: Picture;
  thumbhash: Uint8Array;
  /** A picture was made of what could be read, but not all could. */
  problem: string | null;
};

/** What the decoder can be asked; the answer's type by the question. */
export type DecoderQuestions = {
  sniff: { ask: { bytes: Uint8Array; name: string }; answer: Sniffed };
  picture: { ask: { path: string }; answer: PictureReport };
  /** `sniff` of a file and, where it is opened here, `picture`; null: it is not, a text: what is wrong with it. */
  look: {
    ask: { path: string; name: string };
    answer: { sniffed: Sniffed; picture: PictureReport | string | null };
  };
  preview: { ask: { path: string }; answer: Picture };
  /** Of an SVG. */
  drawing: { ask: { path: string }; answer: { picture: PictureReport; preview: Picture } };
  exif: { ask: { path: string }; answer: MediaFacts };
};
export type QuestionName = keyof DecoderQuestions;

export type DecoderRequest = { [N in QuestionName]: { name: N; ask: DecoderQuestions[N]['ask'] } }[QuestionName];
/** `problem`: something is wrong with the file, in words. `fault`: with the decoder. */
export type DecoderResponse = { ok: unknown } | { problem: string } | { fault: string };
