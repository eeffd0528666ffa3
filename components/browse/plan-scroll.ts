/**
 * A page cannot be as high as one likes: Blink ends at 33.5 M device pixels, 16.7 M CSS pixels at two a pixel, 11.2 M at three
 * (TanStack/virtual 460, immich 16788: what lies beyond cannot be reached). Above this many the scrollbar runs through less than the
 * list is high.
 */
export const highest = 10_000_000;

/** Translates between the scrollbar and a list that may be higher than an element can be. All in CSS pixels. */
export function planScroll(height: number, view: number) {
  const shown = Math.min(height, highest);
  const factor = height > shown && shown > view ? (height - view) / (shown - view) : 1;
  return {
    /** Of the element. */
    shown,
    factor,
    /** From the place of the scrollbar to the place in the list. */
    toList: (scrolled: number) => scrolled * factor,
    toScroll: (top: number) => top / factor,
  };
}
