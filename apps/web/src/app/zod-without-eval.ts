/**
 * zod would make faster parsers with `new Function`. Our pages forbid that (Content-Security-Policy), and even trying is reported
 * by the browser as a violation, so zod is told before it parses anything.
 */
const known: unknown = Reflect.get(globalThis, '__zod_globalConfig');
Reflect.set(globalThis, '__zod_globalConfig', Object.assign(known ?? {}, { jitless: true }));

export {};
