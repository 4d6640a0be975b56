// shopify.toast: the admin draws the message, the callbacks stay here.
import type { ToastOptions } from "@shopify/app-bridge-types";
import type { Channel } from "./channel.ts";

export function createToasts(channel: Channel) {
  const shown = new Map<string, ToastOptions>();
  let lastNumber = 0;
  channel.on("toastAction", ({ id }) => shown.get(id)?.onAction?.());
  channel.on("toastDismiss", ({ id }) => {
    shown.get(id)?.onDismiss?.();
    shown.delete(id);
  });
  return {
    show(message: string, options: ToastOptions = {}): string {
      const id = `toast-${++lastNumber}`;
      shown.set(id, options);
      const { isError = false, duration = 5000, action } = options;
      channel.tell("toast", { id, message, isError, duration, action });
      return id;
    },
    hide: (id: string) => channel.tell("hideToast", { id }),
  };
}
