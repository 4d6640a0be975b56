/**
 * The door to Polaris React. Pages import its pieces from here, so that the day the library is replaced there is one
 * folder to change.
 */
export {
  ActionList,
  Autocomplete,
  Badge,
  Banner,
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  Card,
  Checkbox,
  ChoiceList,
  Collapsible,
  DataTable,
  Divider,
  FormLayout,
  Icon,
  IndexFilters,
  IndexTable,
  InlineError,
  InlineGrid,
  InlineStack,
  Link,
  List,
  Pagination,
  Popover,
  ProgressBar,
  RadioButton,
  RangeSlider,
  ResourceItem,
  ResourceList,
  Select,
  SkeletonBodyText,
  SkeletonDisplayText,
  SkeletonPage,
  Spinner,
  Tabs,
  Tag,
  Text,
  TextField,
  Thumbnail,
  Tooltip,
  useBreakpoints,
} from "@shopify/polaris";
export { EmptyState } from "./empty-state";
export { Layout } from "./layout";
export { Page } from "./page";
export type { BadgeProps, TabProps } from "@shopify/polaris";
