import { DingtalkFrame } from "@/components/login/dingtalk-frame";
import { LoginCard } from "@/components/login/login-panel";
import { RedirectForm } from "@/components/login/redirect-form";
import { Say } from "@/components/login/say";
import { linkLook } from "@/components/ui/link-look";
import { ContinueLink, openingMessage, type Way } from "./opening";

/** A phone cannot scan its own screen, so it goes to DingTalk and back; the QR is there for another phone. */
export function PhoneWay({ door, query, words }: Way) {
  const { login } = words;
  const message = openingMessage({ door, query, words }) ?? {
    title: login.heading,
    what: login.lead,
    next: login.phone.lead,
  };
  return (
    <LoginCard>
      <Say {...message}>
        <ContinueLink door={door} query={query} words={words} />
      </Say>
      <RedirectForm returnTo={query.returnTo} label={login.redirect} look="primary" />
      <details className="group grid gap-4">
        <summary className={`${linkLook} list-none text-center text-sm`}>{login.phone.otherDevice}</summary>
        <div className="mt-4 grid justify-items-center gap-3">
          <DingtalkFrame
            returnTo={query.returnTo}
            startsItself={false}
            start={query.refusal ? login.again : login.start.frame}
            words={login.frame}
          />
        </div>
      </details>
    </LoginCard>
  );
}
