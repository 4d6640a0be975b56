import { Button, Page as PolarisPage, type PageProps } from "@shopify/polaris";
import "./page.css";

/** What else can be done on a page, beside its primary action. */
type SecondaryAction = {
  content: string;
  url?: string;
  onAction?: () => void;
  destructive?: boolean;
  disabled?: boolean;
  loading?: boolean;
  accessibilityLabel?: string;
};

type Props = Omit<PageProps, "secondaryActions" | "actionGroups"> & { secondaryActions?: SecondaryAction[] };

/**
 * A page of the admin. Polaris measures its own secondary actions in the browser before it shows them, which moves the
 * whole page down; these stand where they are from the first paint, and wrap where there is little room.
 */
export function Page({ secondaryActions = [], ...page }: Props) {
  if (secondaryActions.length === 0) return <PolarisPage {...page} />;
  return (
    <PolarisPage
      {...page}
      secondaryActions={
        <div className="page-actions">
          {secondaryActions.map(({ content, url, onAction, destructive, ...rest }) => (
            <Button
              key={content}
              {...rest}
              {...(url ? { url } : { onClick: onAction })}
              tone={destructive ? "critical" : undefined}
            >
              {content}
            </Button>
          ))}
        </div>
      }
    />
  );
}
