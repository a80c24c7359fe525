import { LoginMessage, RedirectForm, Steps } from "@/components/login/login-card";
import { QrPanel } from "@/components/login/qr-panel";
import { ContinueLink, type LoginView, openingMessage } from "./opening";

/** A QR code beside the steps to use it: DingTalk's own code, or the app's. */
export function DesktopLogin(view: LoginView) {
  const { context, query, words } = view;
  const { login, tickets } = words;
  const message = openingMessage(view);
  const lead = (
    <LoginMessage {...(message ?? { title: login.heading, what: login.lead })}>
      <ContinueLink {...view} />
    </LoginMessage>
  );
  const messageWith = (steps: string[]) => [
    <div key="lead">{lead}</div>,
    !message && <Steps key="steps" steps={steps} />,
  ];
  return (
    <QrPanel
      first={context.firstQr}
      isDingTalkDown={context.isDingTalkDown}
      messages={{ frame: messageWith(login.steps.frame), ticket: messageWith(tickets.steps) }}
      returnTo={query.returnTo}
      autoStart={!message}
      startLabel={query.refusal ? login.again : login.start.frame}
      words={{
        frame: login.frame,
        tickets: {
          desktop: tickets.desktop,
          switchTo: tickets.switchTo,
          fellBack: tickets.fellBack,
          whileDown: tickets.whileDown,
        },
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
