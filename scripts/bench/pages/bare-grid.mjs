/** Runs in the page: the rows that are drawn, as text. */
export function copyRows() {
  const { top: above } = document.querySelector('[data-browse-scroller]').getBoundingClientRect();
  const rows = [...document.querySelectorAll('[role=grid] [role=row][aria-rowindex]')];
  return rows.map((row) => {
    const { top, width, height } = row.getBoundingClientRect();
    return {
      html: row.innerHTML,
      cells: [...row.children].map((cell) => cell.getAttribute('style')),
      top: top - above,
      width,
      height,
    };
  });
}

/**
 * Runs in a page of nothing: as high, with the same rows at each place, empty slots while it moves and all tiles 120 ms after it rests, as when
 * entries were read. No React, no listing, no request.
 */
export function layBare(rows, height) {
  document.body.innerHTML = `<div data-browse-scroller style="position:fixed;inset:0;overflow-y:auto"><div role="grid" style="position:relative;height:${height}px"><div style="position:absolute;left:0;right:0"></div></div></div>`;
  const scroller = document.querySelector('[data-browse-scroller]');
  const canvas = scroller.firstElementChild.firstElementChild;
  const parse = (inside) => {
    const template = document.createElement('template');
    template.innerHTML = rows
      .map(
        (row) =>
          `<div role="row" style="position:absolute;top:${row.top}px;width:${row.width}px;height:${row.height}px">${inside(row)}</div>`,
      )
      .join('');
    return template.content;
  };
  const tiles = parse(({ html }) => html);
  const slots = parse((row) =>
    row.cells
      .map((style) => `<div class="absolute rounded-2 bg-sunken" style="${style};height:${row.height - 29}px"></div>`)
      .join(''),
  );
  let timer;
  scroller.addEventListener('scroll', () => {
    canvas.style.top = `${scroller.scrollTop}px`;
    canvas.replaceChildren(slots.cloneNode(true));
    clearTimeout(timer);
    timer = setTimeout(() => canvas.replaceChildren(tiles.cloneNode(true)), 120);
  });
}
