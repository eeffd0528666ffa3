type Place = { library: string; prefix: string; role: string };

const order = ['admin', 'contributor', 'viewer'];

/** One grant in words: "admin", "viewer of press/"; with the library's name when there are several. */
export function describeGrant(grant: Place, libraryNames: Map<string, string>): string {
  const several = libraryNames.size > 1;
  const place = [several && (libraryNames.get(grant.library) ?? grant.library), grant.prefix]
    .filter(Boolean)
    .join(', ');
  return place ? `${grant.role} of ${place}` : grant.role;
}

/** The grants that count, strongest first, in one line: "admin, and 2 more". */
export function describeGrants(
  grants: (Place & { coveredBy: string | null })[],
  libraryNames: Map<string, string>,
): string {
  const counting = grants
    .filter((grant) => grant.coveredBy === null)
    .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role) || a.prefix.length - b.prefix.length);
  const [first, second, ...rest] = counting.map((grant) => describeGrant(grant, libraryNames));
  if (!first) return 'no grants';
  if (!second) return first;
  return rest.length === 0 ? `${first}, ${second}` : `${first}, and ${rest.length + 1} more`;
}
