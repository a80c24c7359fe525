import { DingtalkFrame } from "@/components/login/frame/dingtalk-frame";
import { LoginCard, LoginMessage, RedirectForm } from "@/components/login/login-card";
import { linkLook } from "@/components/ui/button";
import { ContinueLink, type LoginView, openingMessage } from "./opening";

/** A phone cannot scan its own screen, so it is redirected to DingTalk and back. The QR code is for another phone. */
export function PhoneLogin(view: LoginView) {
  const { query, words } = view;
  const { login } = words;
  const message = openingMessage(view) ?? { title: login.heading, what: login.lead, next: login.phone.lead };
  return (
    <LoginCard>
      <LoginMessage {...message}>
        <ContinueLink {...view} />
      </LoginMessage>
      <RedirectForm returnTo={query.returnTo} label={login.redirect} look="primary" />
      <details className="group grid gap-4">
        <summary className={`${linkLook} list-none text-center text-sm`}>{login.phone.otherDevice}</summary>
        <div className="mt-4 grid justify-items-center gap-3">
          <DingtalkFrame
            returnTo={query.returnTo}
            autoStart={false}
            startLabel={query.refusal ? login.again : login.start.frame}
            words={login.frame}
          />
        </div>
      </details>
    </LoginCard>
  );
}
