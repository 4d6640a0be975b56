/** `npm run generate`: the Prisma client from prisma/schema.prisma. */
import { generateClient } from "./compile/generate-client.ts";

console.log((await generateClient()) ? "Generated the Prisma client." : "The Prisma client is up to date.");
