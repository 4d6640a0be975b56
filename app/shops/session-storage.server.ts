import { Session } from "@shopify/shopify-api";
import type { SessionStorage } from "@shopify/shopify-app-session-storage";
import { seal, unseal } from "#app/db/seal";
import type { PrismaClient } from "#app/generated/prisma/client";

type SessionRow = NonNullable<Awaited<ReturnType<PrismaClient["session"]["findUnique"]>>>;

/** Shopify sessions in Postgres. Access and refresh tokens are sealed and bound to their session id. */
export class SealedSessionStorage implements SessionStorage {
  private readonly prisma: PrismaClient;
  private readonly secret: string;

  constructor(prisma: PrismaClient, secret: string) {
    this.prisma = prisma;
    this.secret = secret;
  }

  async storeSession(session: Session): Promise<boolean> {
    const user = session.onlineAccessInfo?.associated_user;
    const row = {
      shop: session.shop,
      state: session.state,
      isOnline: session.isOnline,
      scope: session.scope ?? null,
      expires: session.expires ?? null,
      accessToken: this.seal(session.accessToken ?? "", session.id),
      refreshToken: session.refreshToken ? this.seal(session.refreshToken, session.id) : null,
      refreshTokenExpires: session.refreshTokenExpires ?? null,
      userId: user ? BigInt(user.id) : null,
      firstName: user?.first_name ?? null,
      lastName: user?.last_name ?? null,
      email: user?.email ?? null,
      accountOwner: user?.account_owner ?? false,
      locale: user?.locale ?? null,
      collaborator: user?.collaborator ?? false,
      emailVerified: user?.email_verified ?? false,
    };
    await this.prisma.session.upsert({
      where: { id: session.id },
      create: { id: session.id, ...row },
      update: row,
    });
    return true;
  }

  async loadSession(id: string): Promise<Session | undefined> {
    const row = await this.prisma.session.findUnique({ where: { id } });
    return row ? this.toSession(row) : undefined;
  }

  async deleteSession(id: string): Promise<boolean> {
    await this.prisma.session.deleteMany({ where: { id } });
    return true;
  }

  async deleteSessions(ids: string[]): Promise<boolean> {
    await this.prisma.session.deleteMany({ where: { id: { in: ids } } });
    return true;
  }

  async findSessionsByShop(shop: string): Promise<Session[]> {
    const rows = await this.prisma.session.findMany({
      where: { shop },
      take: 25,
      orderBy: { expires: "desc" },
    });
    return rows.map((row) => this.toSession(row));
  }

  private seal(token: string, id: string): string {
    return seal(this.secret, "session-token", token, id);
  }

  private toSession(row: SessionRow): Session {
    const open = (token: string) => unseal(this.secret, "session-token", token, row.id);
    const entries: [string, string | number | boolean][] = [
      ["id", row.id],
      ["shop", row.shop],
      ["state", row.state],
      ["isOnline", row.isOnline],
      ["accessToken", open(row.accessToken)],
    ];
    if (row.scope) entries.push(["scope", row.scope]);
    if (row.expires) entries.push(["expires", row.expires.getTime()]);
    if (row.refreshToken) entries.push(["refreshToken", open(row.refreshToken)]);
    if (row.refreshTokenExpires) entries.push(["refreshTokenExpires", row.refreshTokenExpires.getTime()]);
    if (row.userId !== null) {
      entries.push(
        ["userId", String(row.userId)],
        ["firstName", row.firstName ?? ""],
        ["lastName", row.lastName ?? ""],
        ["email", row.email ?? ""],
        ["locale", row.locale ?? ""],
        ["accountOwner", row.accountOwner],
        ["collaborator", row.collaborator ?? false],
        ["emailVerified", row.emailVerified ?? false],
      );
    }
    return Session.fromPropertyArray(entries, true);
  }
}
