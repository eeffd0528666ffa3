import { requireRole } from '#lib/auth/access.ts';
import type { Actor, RoleName } from '#lib/auth/actor.ts';
import type { OperationStep } from './steps.ts';

export type ItemPlaces = {
  path: string;
  fromPath?: string | null | undefined;
  step: Pick<OperationStep, 'kind'> & { move?: boolean; keep?: boolean };
};

/** The places that an item touches, with the role that each asks. Where a copy comes from need only be seen. */
export function placesOf(item: ItemPlaces, role: RoleName): { path: string; role: RoleName }[] {
  const places = [{ path: item.path, role }];
  if (item.fromPath !== null && item.fromPath !== undefined) {
    const onlyRead = item.step.move === false || item.step.keep === true;
    places.push({ path: item.fromPath, role: onlyRead ? 'viewer' : role });
  }
  return places;
}

/** @throws AppError not_found, forbidden */
export function requireItemRights(actor: Actor, libraryId: bigint, items: ItemPlaces[], role: RoleName): void {
  for (const item of items) {
    for (const place of placesOf(item, role)) requireRole(actor, libraryId, [place.path], place.role);
  }
}
