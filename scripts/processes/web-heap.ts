/**
 * How V8 keeps the memory of a web process. What a decision needs lives for milliseconds, and a whole collection (15 to 50 ms in
 * which no shopper is answered) is only worth it for what stays. Left alone, V8 begins one for every 64 MB of buffers, more than
 * once a second under load. So: buffers count like all other memory, young objects have room to die young, and the rest may grow to
 * five times what was alive before it is looked through (about 300 MB).
 */
export const WEB_HEAP = [
  "--min-semi-space-size=32",
  "--max-semi-space-size=32",
  "--external-memory-accounted-in-global-limit",
  "--heap-growing-percent=400",
];
