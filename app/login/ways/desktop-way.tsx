import { QrPanel } from "@/components/login/qr-panel";
import { RedirectForm } from "@/components/login/redirect-form";
import { Say } from "@/components/login/say";
import { Steps } from "@/components/login/steps";
import { ContinueLink, openingMessage, type Way } from "./opening";

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
