/** `npm run build`: the web and worker processes for production, in build/. */
import { buildApp } from "./compile/build-app.ts";

await buildApp({ force: true });
console.log("Built build/server/{server,worker}.js and build/client/.");
