// The frame's end of the line to the admin page.
import type { AdminMessage, AdminMethods, FrameEvents, FrameMessage } from "./protocol.ts";

type Params<M extends keyof AdminMethods> = Parameters<AdminMethods[M]>[0];
type Result<M extends keyof AdminMethods> = Awaited<ReturnType<AdminMethods[M]>>;
type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void };

export type Channel = {
  /** Says something that needs no answer. Outside the admin nobody listens. */
  tell<M extends keyof AdminMethods>(method: M, params: Params<M>): void;
  ask<M extends keyof AdminMethods>(method: M, params: Params<M>): Promise<Result<M>>;
  on<E extends keyof FrameEvents>(event: E, handler: (params: FrameEvents[E]) => void): void;
  /** Listens to the window; again after `document.open()`, which takes every listener away. */
  listen(): void;
};

export function createChannel(adminOrigin: string, embedded: boolean): Channel {
  const waiting = new Map<number, Waiting>();
  const handlers = new Map<string, (params: never) => void>();
  let lastId = 0;

  function post(message: Omit<FrameMessage, "demoBridge">): void {
    window.parent.postMessage({ demoBridge: 1, ...message }, adminOrigin);
  }

  function receive(event: MessageEvent<AdminMessage | undefined>): void {
    const message = event.data;
    if (event.origin !== adminOrigin || message?.demoBridge !== 1) return;
    if ("event" in message) {
      handlers.get(message.event)?.(message.params as never);
      return;
    }
    const asked = waiting.get(message.reply);
    waiting.delete(message.reply);
    if (message.error === undefined) asked?.resolve(message.result);
    else asked?.reject(new Error(message.error));
  }

  return {
    tell(method, params) {
      if (embedded) post({ method, params });
    },
    ask(method, params) {
      if (!embedded) return Promise.reject(new Error("App Bridge: the app is not framed by the admin"));
      const id = ++lastId;
      post({ id, method, params });
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      });
    },
    on: (event, handler) => void handlers.set(event, handler as (params: never) => void),
    listen: () => window.addEventListener("message", receive),
  };
}
