import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { hashPassword } from './password-hash.ts';
import { email as emailSchema, password as passwordSchema } from './schema.ts';

/**
 * Makes the first admin of a library, at set-up. Does nothing when somebody who can sign in is admin of its root already, so it may
 * run at every start; it never changes the password of a person who is there.
 * @throws AppError invalid_request when ADMIN_EMAIL or ADMIN_PASSWORD does not do
 */
export async function createFirstAdmin(input: {
  email: string;
  password: string;
  name: string;
  libraryId: bigint;
}): Promise<{ created: boolean; email: string }> {
  const email = emailSchema.safeParse(input.email.trim());
  if (!email.success) throw new AppError('invalid_request', `ADMIN_EMAIL is no e-mail address: ${input.email}`);
  const password = passwordSchema.safeParse(input.password);
  if (!password.success) throw new AppError('invalid_request', `ADMIN_PASSWORD ${password.error.issues[0]?.message}.`);

  if (await findRootAdmin(input.libraryId)) return { created: false, email: email.data };
  const passwordHash = await hashPassword(password.data);
  return db().$transaction(async (tx) => {
    // Two processes that start at once take turns here.
    await tx.$queryRaw`SELECT 1 FROM "Library" WHERE "id" = ${input.libraryId} FOR NO KEY UPDATE`;
    if (await findRootAdmin(input.libraryId, tx)) return { created: false, email: email.data };
    const before = await tx.user.findUnique({ where: { email: email.data }, select: { id: true } });
    const user =
      before ??
      (await tx.user.create({ data: { email: email.data, name: input.name, passwordHash }, select: { id: true } }));
    const place = { userId: user.id, libraryId: input.libraryId, prefix: '' };
    await tx.grant.upsert({
      where: { userId_libraryId_prefix: place },
      create: { ...place, role: 'admin' },
      update: { role: 'admin' },
    });
    // Nobody acts here: the set-up does, so the person's own row stands for it.
    const by = { userId: user.id, actorName: 'Set-up', libraryId: input.libraryId };
    const facts = [
      ...(before ? [] : [{ type: 'user.created', email: email.data } as const]),
      { type: 'grant.added', email: email.data, prefix: '', role: 'admin' } as const,
    ];
    await tx.auditEvent.createMany({ data: facts.map((fact) => ({ ...by, type: fact.type, data: fact })) });
    return { created: before === null, email: email.data };
  });
}

async function findRootAdmin(libraryId: bigint, tx: Pick<ReturnType<typeof db>, 'grant'> = db()) {
  return tx.grant.findFirst({
    where: { libraryId, prefix: '', role: 'admin', user: { disabledAt: null } },
    select: { id: true },
  });
}
