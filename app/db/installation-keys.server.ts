import { env } from "#app/env.server";
import { prisma } from "./pool.server";
import { seal, unseal } from "./seal";

/**
 * A key that this installation makes for itself when it first needs it, and keeps sealed. Processes that make one at the
 * same time agree on the first.
 */
export async function installationKey(name: string, make: () => string, now: Date): Promise<string> {
  const secret = env().ENCRYPTION_KEY;
  const known = await prisma.installationKey.findUnique({ where: { name } });
  if (known) return unseal(secret, "installation-key", known.sealed, name);
  await prisma.installationKey.createMany({
    data: [{ name, sealed: seal(secret, "installation-key", make(), name), createdAt: now }],
    skipDuplicates: true,
  });
  return installationKey(name, make, now);
}
