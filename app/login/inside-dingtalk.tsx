import { Advice, LoginCard, RedirectForm } from "@/components/login/login-card";
import { SilentLogin } from "@/components/login/silent/silent-login";
import { ContinueLink, type LoginView, openingMessage } from "./opening";

/** Inside DingTalk the sign-in needs no input. */
export function InsideDingTalk(view: LoginView) {
  const { context, query, words } = view;
  const { login } = words;
  const message = openingMessage(view);
  const isForeign = query.askedCorpId !== null && query.askedCorpId !== context.corpId;
  const body = message && (
    <Advice {...message}>
      <ContinueLink {...view} />
    </Advice>
  );
  const first = message ? "idle" : "loading";
  return (
    <LoginCard>
      <div className="grid gap-3">
        <SilentLogin
          app={{ corpId: context.corpId, clientId: context.clientId }}
          returnTo={query.returnTo}
          first={isForeign ? "foreign" : first}
          idle={{
            title: message?.title ?? "",
            startLabel: query.refusal ? login.again : login.start.silent,
            body,
          }}
          words={words.silent}
        />
        <RedirectForm returnTo={query.returnTo} label={login.redirect} look={message ? "big" : "quiet"} />
      </div>
    </LoginCard>
  );
}
