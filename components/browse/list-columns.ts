/**
 * The columns of the list: check, thumb, name, versions, kind, size, modified, class, actions; fewer where the content is narrow
 * (container queries, so that the details panel counts). Widths in px, from UI.md "Browse, list and tree". Placed by named lines.
 */
export const listColumns =
  'grid-cols-[[check]_30px_[thumb]_46px_[name]_minmax(0,1fr)_[versions]_76px_[kind]_96px_[size]_84px_[modified]_140px_[class]_112px_[actions]_84px] ' +
  'sm:@max-[880px]/list:grid-cols-[[check]_30px_[thumb]_46px_[name]_minmax(0,1fr)_[versions]_68px_[kind]_84px_[size]_80px_[modified]_132px_[class]_0_[actions]_60px] ' +
  'sm:@max-[680px]/list:grid-cols-[[check]_30px_[thumb]_46px_[name]_minmax(0,1fr)_[versions]_0_[kind]_0_[size]_76px_[modified]_128px_[class]_0_[actions]_36px] ' +
  'max-sm:grid-cols-[[check]_0_[thumb]_56px_[name]_minmax(0,1fr)_[versions]_0_[kind]_0_[size]_0_[modified]_0_[class]_0_[actions]_44px]';

/** Cells that a narrow content hides. */
export const hiddenBelow = {
  class: '@max-[880px]/list:hidden',
  versions: '@max-[680px]/list:hidden',
  kind: '@max-[680px]/list:hidden',
  phone: 'max-sm:hidden',
};
