import { Box, Layout as PolarisLayout, Text, type LayoutProps } from "@shopify/polaris";
import type { ReactNode } from "react";

type AnnotatedSectionProps = { title: string; description: ReactNode; children: ReactNode };

/** On a phone Polaris lets cards reach from edge to edge, and the words above them too; those keep a distance here. */
const DISTANCE = { xs: "400", sm: "0" } as const;

/** Sections of a page. */
export function Layout(props: LayoutProps) {
  return <PolarisLayout {...props} />;
}

function AnnotatedSection({ title, description, children }: AnnotatedSectionProps) {
  return (
    <PolarisLayout.AnnotatedSection
      title={
        <Box as="span" paddingInlineStart={DISTANCE}>
          {title}
        </Box>
      }
      description={
        <Box paddingInline={DISTANCE}>
          <Text as="p">{description}</Text>
        </Box>
      }
    >
      {children}
    </PolarisLayout.AnnotatedSection>
  );
}

Layout.Section = PolarisLayout.Section;
Layout.AnnotatedSection = AnnotatedSection;
