import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import type { CSSProperties, ReactNode } from "react";
import { env } from "#app/env.server";

/** The admin's documents need App Bridge, as the very first script; shoppers' pages need no script at all. */
export function loader({ request }: LoaderFunctionArgs) {
  const embedded = /^\/(app|auth)(\/|$)/.test(new URL(request.url).pathname);
  return { apiKey: embedded ? env().SHOPIFY_API_KEY : null };
}

export const links: LinksFunction = () => [{ rel: "icon", href: "/favicon.svg", type: "image/svg+xml" }];

/**
 * Polaris fades the colour of the scrollbar in when the pointer enters the page. That colour is inherited, so every
 * frame of it styles the whole page anew: 100 ms between tap and answer on a weak laptop. Ours stays as it is.
 */
const STEADY_SCROLLBAR: CSSProperties = {
  scrollbarColor: "var(--p-color-scrollbar-thumb-bg-hover) transparent",
  transition: "none",
};

export function Layout({ children }: { children: ReactNode }) {
  const apiKey = useRouteLoaderData<typeof loader>("root")?.apiKey;
  return (
    <html lang="en" style={apiKey ? STEADY_SCROLLBAR : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        {apiKey && (
          <>
            <meta name="shopify-api-key" content={apiKey} />
            <script src="https://cdn.shopify.com/shopifycloud/app-bridge.js" data-api-key={apiKey} />
            <link rel="stylesheet" href={polarisStyles} />
          </>
        )}
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        {apiKey && (
          <>
            <ScrollRestoration />
            <Scripts />
          </>
        )}
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

/** Errors outside the admin shell: plain words, no stack. */
export function ErrorBoundary() {
  const error = useRouteError();
  const missing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <main
      style={{
        fontFamily: "system-ui, sans-serif",
        maxWidth: "36rem",
        margin: "4rem auto",
        padding: "0 1rem",
      }}
    >
      <title>{missing ? "Page not found" : "Something went wrong"}</title>
      <h1>{missing ? "Page not found" : "Something went wrong"}</h1>
      <p>
        {missing
          ? "This address leads nowhere. Check it for typing errors."
          : "Please try again in a moment."}
      </p>
    </main>
  );
}
