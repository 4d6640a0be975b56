/** `node scripts/dev-db.ts` starts the embedded PostgreSQL and prints its address; `… stop` stops it. */
import { stopCluster } from "./database/cluster.ts";
import { ensureDevDatabase } from "./database/dev-database.ts";

if (process.argv[2] === "stop") await stopCluster();
else console.log(await ensureDevDatabase());
