import { type NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import {
  clientId,
  clientSecret,
  type Employee,
  employeeOfSilentCode,
  employeeOfUser,
  exchangeAuthCode,
} from "./dingtalk";

/** The shortest working sign-in. The session is only in the cookie, and nothing is stored between sign-ins. */
export const authOptions: NextAuthOptions = {
  session: { strategy: "jwt" },
  pages: { signIn: "/login", error: "/login" },
  providers: [
    {
      id: "dingtalk",
      name: "DingTalk",
      type: "oauth",
      checks: ["state"],
      clientId,
      clientSecret,
      authorization: {
        url: `${process.env.DINGTALK_LOGIN_URL}/oauth2/auth`,
        params: { response_type: "code", scope: "openid", prompt: "consent" },
      },
      token: {
        async request({ params, checks }) {
          if (!checks.state || params.state !== checks.state) throw new Error("The OAuth state does not match.");
          return { tokens: { access_token: await exchangeAuthCode(params.code ?? "") } };
        },
      },
      userinfo: { request: ({ tokens }) => employeeOfUser(tokens.access_token ?? "") },
      profile: (employee: Employee) => toUser(employee),
    },
    CredentialsProvider({
      id: "dingtalk-silent",
      credentials: { code: {} },
      authorize: async (fields) => toUser(await employeeOfSilentCode(fields?.code ?? "")),
    }),
  ],
};

function toUser({ userid, name, email, avatar }: Employee) {
  return { id: userid, name, email, image: avatar };
}
