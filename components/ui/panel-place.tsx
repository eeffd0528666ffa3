/** The room of a `SidePanel` whose content is on its way, so that nothing moves when it comes. */
export function PanelPlace() {
  return <div aria-hidden="true" className="w-80 border-l border-line bg-sheet max-sm:hidden max-lg:shadow-3" />;
}
