/** Entries a page, for the server's first one and the browser's next: some screens full, and few enough to be drawn at once. */
export const pageSize = 200;
