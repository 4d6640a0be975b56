// shopify.storage: JSON values in the browser, apart for each extension or app.

export function createStorage(prefix: string) {
  const keyOf = (key: string) => `extension-storage:${prefix}:${key}`;
  return {
    async readStorage(key: string): Promise<unknown> {
      const text = localStorage.getItem(keyOf(key));
      return text === null ? null : JSON.parse(text);
    },
    async writeStorage(key: string, value: unknown): Promise<void> {
      localStorage.setItem(keyOf(key), JSON.stringify(value));
    },
    async deleteStorage(key: string): Promise<void> {
      localStorage.removeItem(keyOf(key));
    },
  };
}
