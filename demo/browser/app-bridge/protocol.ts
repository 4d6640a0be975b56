// What the app's frame and the admin page say to each other. Both sides import this file.

/** An action button as the frame describes it to the admin, which draws it. */
export type BarAction = {
  index: number;
  text: string;
  variant: string;
  tone: string;
  disabled: boolean;
  loading: boolean;
};

export type NavLink = { href: string; text: string; home: boolean };

export type PickerItem = { id: string; title: string; variants?: { id: string; title: string }[] };

export type PickerOptions = {
  type: string;
  action: string;
  multiple: boolean | number;
  query: string;
  showVariants: boolean;
  selectionIds: { id: string; variants?: { id: string }[] }[];
};

export type ToastParams = {
  id: string;
  message: string;
  isError: boolean;
  duration: number;
  action?: string;
};

export type SaveBarParams = {
  /** The element whose buttons are drawn; null for a `form[data-save-bar]`. */
  element: number | null;
  open: boolean;
  actions: BarAction[];
  confirmDiscard: boolean;
};

/** Frame to admin. Methods without a result are sent and forgotten. */
export type AdminMethods = {
  ready(params: { apiKey: string; title: string }): void;
  history(params: { path: string }): void;
  nav(params: { links: NavLink[] }): void;
  titleBar(params: { element: number; title: string | null; actions: BarAction[] }): void;
  saveBar(params: SaveBarParams): void;
  modal(params: { open: boolean }): void;
  toast(params: ToastParams): void;
  hideToast(params: { id: string }): void;
  loading(params: { on: boolean }): void;
  redirect(params: { url: string; newTab: boolean }): void;
  webVitals(params: { name: string; value: number }): void;
  idToken(params: object): Promise<string>;
  user(params: object): Promise<Record<string, unknown>>;
  scopes(params: object): Promise<{ granted: string[]; required: string[]; optional: string[] }>;
  extensions(params: object): Promise<unknown[]>;
  leaveConfirmation(params: object): Promise<void>;
  resourcePicker(params: PickerOptions): Promise<unknown[] | undefined>;
};

/** Admin to frame. */
export type FrameEvents = {
  press: { element: number; index: number };
  saveForm: object;
  discardForm: object;
  navigate: { href: string };
  toastAction: { id: string };
  toastDismiss: { id: string };
};

export type FrameMessage = { demoBridge: 1; id?: number; method: keyof AdminMethods; params: unknown };

export type AdminMessage =
  | { demoBridge: 1; reply: number; result?: unknown; error?: string }
  | { demoBridge: 1; event: keyof FrameEvents; params: unknown };
