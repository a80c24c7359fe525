import { LoginCard } from "@/components/login/login-panel";
import { RedirectForm } from "@/components/login/redirect-form";
import { Advice } from "@/components/login/say";
import { SilentLogin } from "@/components/login/silent-login";
import { ContinueLink, openingMessage, type Way } from "./opening";

/** Inside DingTalk nothing is asked of anybody. */
export function SilentWay({ door, query, words }: Way) {
  const message = openingMessage({ door, query, words });
  const begin = message ? "idle" : "loading";
  const isForeign = query.askedCorpId !== null && query.askedCorpId !== door.corpId;
  const resting = message && (
    <Advice {...message}>
      <ContinueLink door={door} query={query} words={words} />
    </Advice>
  );
  return (
    <LoginCard>
      <div className="grid gap-3">
        <SilentLogin
          app={{ corpId: door.corpId, clientId: door.clientId }}
          returnTo={query.returnTo}
          begin={isForeign ? "foreign" : begin}
          resting={{
            title: message?.title ?? "",
            start: query.refusal ? words.login.again : words.login.start.silent,
            body: resting,
          }}
          words={words.silent}
        />
        <RedirectForm returnTo={query.returnTo} label={words.login.redirect} look={message ? "big" : "quiet"} />
      </div>
    </LoginCard>
  );
}
