import { DingtalkFrame } from "@/components/login/dingtalk-frame";
import { LoginCard } from "@/components/login/login-panel";
import { QrPanel } from "@/components/login/qr-panel";
import { RedirectForm } from "@/components/login/redirect-form";
import { Advice, Say } from "@/components/login/say";
import { SilentLogin } from "@/components/login/silent-login";
import { Steps } from "@/components/login/steps";
import { buttonLook } from "@/components/ui/button";
import { linkLook } from "@/components/ui/link-look";
import type { Entrance } from "@/lib/auth/entrance";
import type { Words } from "@/lib/i18n/words";
import type { LoginQuery } from "./query";

type Way = { door: Entrance; query: LoginQuery; words: Words };

/** A QR beside what to do with it: DingTalk's own, or the app's. */
export function DesktopWay({ door, query, words }: Way) {
  const message = openingMessage({ door, query, words });
  const { login, tickets } = words;
  const lead = (
    <Say {...(message ?? { title: login.heading, what: login.lead })}>
      <ContinueLink door={door} query={query} words={words} />
    </Say>
  );
  const sayWith = (steps: string[]) => [<div key="lead">{lead}</div>, !message && <Steps key="steps" steps={steps} />];
  return (
    <QrPanel
      first={door.firstQr}
      say={{ frame: sayWith(login.steps.frame), ticket: sayWith(tickets.steps) }}
      returnTo={query.returnTo}
      startsItself={!message}
      start={query.refusal ? login.again : login.start.frame}
      words={{
        frame: login.frame,
        tickets: { desktop: tickets.desktop, switchTo: tickets.switchTo, fellBack: tickets.fellBack },
      }}
      footer={
        <>
          <RedirectForm returnTo={query.returnTo} label={login.redirect} look="quiet" />
          <noscript className="text-center text-sm">{login.noScript}</noscript>
        </>
      }
    />
  );
}

/** A phone cannot scan its own screen, so it goes to DingTalk and back; the QR is there for another phone. */
export function PhoneWay({ door, query, words }: Way) {
  const { login } = words;
  const message = openingMessage({ door, query, words }) ?? {
    title: login.heading,
    what: `${login.lead}${login.phone.lead}`,
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
          <DingtalkFrame {...frameOf({ query, words })} startsItself={false} />
        </div>
      </details>
    </LoginCard>
  );
}

/** Inside DingTalk nothing is asked of anybody. */
export function SilentWay({ door, query, words }: Way) {
  const message = openingMessage({ door, query, words });
  const isForeign = query.askedCorpId !== null && query.askedCorpId !== door.corpId;
  const resting = message && (
    <Advice {...message}>
      <ContinueLink door={door} query={query} words={words} />
    </Advice>
  );
  return (
    <LoginCard>
      <SilentLogin
        app={{ corpId: door.corpId, clientId: door.clientId }}
        returnTo={query.returnTo}
        begin={isForeign ? "foreign" : beginOf(message)}
        resting={{
          title: message?.title ?? "",
          start: query.refusal ? words.login.again : words.login.start.silent,
          body: resting,
        }}
        words={words.silent}
        otherWay={
          <RedirectForm returnTo={query.returnTo} label={words.login.redirect} look={message ? "big" : "quiet"} />
        }
      />
    </LoginCard>
  );
}

/** What stands in the way of starting by itself: a refusal to be read first, or an explicit sign-out. (S15) */
function openingMessage({ door, query, words }: Way) {
  const { login, refusals } = words;
  if (!query.refusal) return door.hasSignedOut ? login.signedOut : null;
  const reference = query.reference ? { label: login.reference, value: query.reference } : null;
  return { ...refusals[query.refusal], reference };
}

function beginOf(message: object | null): "idle" | "loading" {
  return message ? "idle" : "loading";
}

function frameOf({ query, words }: Omit<Way, "door">) {
  const start = query.refusal ? words.login.again : words.login.start.frame;
  return { returnTo: query.returnTo, start, words: words.login.frame };
}

/** Whoever is still signed in here can simply go on. */
function ContinueLink({ door, query, words }: Way) {
  if (!door.viewer) return null;
  return (
    <a href={query.returnTo} className={`${buttonLook()} justify-self-start`}>
      {words.login.continueAs(door.viewer.name)}
    </a>
  );
}
