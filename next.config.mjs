/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  typedRoutes: true,
  // The first imports drizzle in a way that no bundler can follow; the second loads a binary from its own folder.
  serverExternalPackages: ["rate-limiter-flexible", "fs-native-extensions"],
  // Sign-in pages of 0.1.0 that are open during an update still return to the frame's former callback.
  redirects: async () => [
    { source: "/api/auth/callback/dingtalk-frame", destination: "/api/auth/callback/dingtalk", permanent: false },
  ],
};
