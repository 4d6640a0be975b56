import { data, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { isRouteErrorResponse, Link, Outlet, useLoaderData, useRouteError } from "@remix-run/react";
import { NavMenu } from "@shopify/app-bridge-react";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { requireShop } from "#app/http/admin.server";
import { env } from "#app/env.server";

/** The shell of all admin pages: authentication, navigation, Polaris. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const framedBy = `frame-ancestors https://${shop.domain} https://admin.shopify.com`;
  return data({ apiKey: env().SHOPIFY_API_KEY }, { headers: { "content-security-policy": framedBy } });
}

export const headers: HeadersFunction = (args) => {
  const headers = boundary.headers(args);
  const policy =
    args.loaderHeaders.get("content-security-policy") ?? args.parentHeaders.get("content-security-policy");
  if (policy) headers.set("content-security-policy", policy);
  return headers;
};

const PAGES = [
  ["/app/offers", "Offers"],
  ["/app/sponsored", "Sponsored"],
  ["/app/deliveries", "Deliveries"],
  ["/app/cases", "Cases"],
  ["/app/surveys", "Surveys"],
  ["/app/messages", "Messages"],
  ["/app/campaigns", "Campaigns"],
  ["/app/journeys", "Journeys"],
  ["/app/content", "Content"],
  ["/app/loyalty", "Loyalty"],
  ["/app/payments", "Payments"],
  ["/app/experiments", "Experiments"],
  ["/app/analytics", "Analytics"],
  ["/app/activity", "Activity"],
  ["/app/settings", "Settings"],
] as const;

export default function App() {
  const { apiKey } = useLoaderData<typeof loader>();
  // The App Bridge script stands in the head (app/root.tsx), where Shopify wants it; hence not embedded here.
  return (
    <AppProvider isEmbeddedApp={false} apiKey={apiKey}>
      <NavMenu>
        <Link to="/app" rel="home">
          Home
        </Link>
        {PAGES.map(([path, name]) => (
          <Link key={path} to={path}>
            {name}
          </Link>
        ))}
      </NavMenu>
      <main>
        <Outlet />
      </main>
    </AppProvider>
  );
}

/** The library's own answers (bounce pages) pass through; everything else is told in plain words. */
export function ErrorBoundary() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && typeof error.data === "string" && error.status !== 404) {
    return boundary.error(error);
  }
  return <ProblemPage message={messageOf(error)} />;
}

function messageOf(error: unknown): string {
  if (!isRouteErrorResponse(error)) return "Something went wrong on our side. Please try again in a moment.";
  const told = (error.data as { message?: string } | null)?.message;
  return told ?? (error.status === 404 ? "This page does not exist, or no longer." : "Something went wrong.");
}

function ProblemPage({ message }: { message: string }) {
  return (
    <main
      style={{
        fontFamily: "system-ui, sans-serif",
        maxWidth: "36rem",
        margin: "4rem auto",
        padding: "0 1rem",
      }}
    >
      <h1 style={{ fontSize: "1.25rem" }}>That did not work</h1>
      <p>{message}</p>
      <p>
        <Link to="/app">Back to the home page</Link>
      </p>
    </main>
  );
}
