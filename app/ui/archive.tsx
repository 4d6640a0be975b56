import { useSearchParams } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect } from "react";
import { Box, Button, Card, Text } from "./polaris";

/**
 * The list that an editor leads back to after archiving: says so once, with the way back.
 * @param what "Survey"
 */
export function useArchivedNotice(what: string, restore: (id: string) => void): void {
  const shopify = useAppBridge();
  const [search, setSearch] = useSearchParams();
  const archivedNow = search.get("archived");
  useEffect(() => {
    if (!archivedNow) return;
    shopify.toast.show(`${what} archived`, { action: "Undo", onAction: () => restore(archivedNow) });
    // Seen once: a reload must not offer it again.
    setSearch({}, { replace: true });
  }, [archivedNow]);
}

/** The way to the archive, below a list. */
export function ArchiveLink({ url, children }: { url: string; children: string }) {
  return (
    <Box paddingInline={{ xs: "400", md: "0" }}>
      <Button variant="plain" url={url}>
        {children}
      </Button>
    </Box>
  );
}

/** An archive with nothing in it, and what would be there. */
export function EmptyArchive({ children }: { children: string }) {
  return (
    <Card>
      <Text as="p" tone="subdued">
        {children}
      </Text>
    </Card>
  );
}
