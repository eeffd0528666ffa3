export type RoleName = 'viewer' | 'contributor' | 'admin';

/** A role on a path prefix of a library: "" is the root, else it ends in "/". */
export type ActorGrant = { libraryId: bigint; prefix: string; role: RoleName };

/** Who acts. Made once a request from the session or token, with today's grants; features ask nothing else about the caller. */
export type Actor = {
  userId: bigint;
  name: string;
  email: string;
  via: 'session' | 'token' | 'worker';
  sessionId: string | null;
  grants: ActorGrant[];
};
