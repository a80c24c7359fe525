import { Advice, LoginCard, RedirectForm } from "@/components/login/login-card";
import script from "@/components/login/silent/page-script.ts?bundled";
import { elementIds, type SilentSettings } from "@/components/login/silent/settings";
import { SilentLogin } from "@/components/login/silent/silent-login";
import { Shell, type ShellProps } from "@/components/shell";
import { themeColors } from "../../theme-colors";
import { ContinueLink, type LoginView, openingMessage } from "../opening";
import { bridgeScript } from "./bridge-script";
import style from "./document.css?bundled";

type Site = Pick<ShellProps, "brand" | "language">;
type Props = { view: LoginView; site: Site; nonce: string; csrfToken: string };

/** Everything that the page needs is in it, but for the script with DingTalk's bridge, which begins to load first. */
export function InsideDingTalk({ view, site, nonce, csrfToken }: Props) {
  const { words } = view;
  const settings = settingsOf(view, csrfToken);
  return (
    <html lang={site.language}>
      <head>
        <meta charSet="utf-8" />
        <link rel="modulepreload" href={settings.bridgeScript} nonce={nonce} />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex, nofollow" />
        {themeColors.map(({ media, color }) => (
          <meta key={media} name="theme-color" media={media} content={color} />
        ))}
        <title>{`${words.login.title} · ${site.brand.name}`}</title>
        <Inline as="style" nonce={nonce} text={style} />
      </head>
      <body>
        <Shell {...site} words={words.site} footer={words.login.trust}>
          <LoginCard>
            <Methods view={view} settings={settings} />
          </LoginCard>
        </Shell>
        <Inline
          as="script"
          nonce={nonce}
          type="application/json"
          id={elementIds.settings}
          text={scriptJson(settings)}
        />
        <Inline as="script" nonce={nonce} type="module" text={script} />
      </body>
    </html>
  );
}

type InlineProps = { as: "script" | "style"; text: string; nonce: string; type?: string; id?: string };

function Inline({ as: Element, text, ...attributes }: InlineProps) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the texts come from the build, and scriptJson escapes the settings.
  return <Element {...attributes} dangerouslySetInnerHTML={{ __html: text }} />;
}

function settingsOf({ context, query, words }: LoginView, csrfToken: string): SilentSettings {
  const { corpId, clientId } = context;
  const isForeign = query.askedCorpId !== null && query.askedCorpId !== corpId;
  const first = openingMessage({ context, query, words }) ? "idle" : "loading";
  return {
    app: { corpId, clientId },
    returnTo: query.returnTo,
    csrfToken,
    bridgeScript: bridgeScript().address,
    first: isForeign ? "foreign" : first,
    words: words.silent,
  };
}

function Methods({ view, settings }: { view: LoginView; settings: SilentSettings }) {
  const { query, words } = view;
  const { again, start, redirect } = words.login;
  const message = openingMessage(view);
  const idle = message && {
    title: message.title,
    startLabel: query.refusal ? again : start.silent,
    body: (
      <Advice {...message}>
        <ContinueLink {...view} />
      </Advice>
    ),
  };
  return (
    <div className="grid gap-3">
      <SilentLogin settings={settings} idle={settings.first === "idle" ? idle : null} />
      <RedirectForm returnTo={query.returnTo} label={redirect} look={message ? "big" : "quiet"} />
    </div>
  );
}

/** JSON that cannot end the element it stands in. (S39) */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
