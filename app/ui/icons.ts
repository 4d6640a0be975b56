/** The door to Polaris's icons, as polaris.ts is to its components. */
export { ArrowDownIcon, ArrowUpIcon, DeleteIcon, DragHandleIcon, PlusIcon } from "@shopify/polaris-icons";
