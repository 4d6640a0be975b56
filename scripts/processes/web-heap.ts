/**
 * How V8 keeps the memory of a web process. What a decision needs lives for milliseconds, and a whole collection (15 to 50 ms in
 * which no shopper is answered) is only worth it for what stays. Left alone, V8 begins one for every 64 MB of buffers, more than
 * once a second under load. So: buffers count like all other memory, young objects have room to die young, and the rest may grow to
 * five times what was alive before it is looked through (about 300 MB).
 *
 * And young objects must be made young. Where V8 has seen what some code makes live long, it makes it in the old space from then
 * on, as here what comes of checking a request. The dead of those, which only a whole collection finds, keep alive what they
 * point to: young collections then copied nearly every request that had been answered. Without it they take half the time,
 * and a fortieth is left behind in the old space.
 */
export const WEB_HEAP = [
  "--min-semi-space-size=64",
  "--max-semi-space-size=64",
  "--no-allocation-site-pretenuring",
  "--external-memory-accounted-in-global-limit",
  "--heap-growing-percent=400",
];
