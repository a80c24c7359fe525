import { expect, test } from "vitest";
import { readUnavailability, Unavailable } from "./unavailable";

test.each([{ cause: "database" } as const, { cause: "dingtalk", hours: 26 } as const])(
  "S35 a page reads $cause from the digest alone",
  (reason) => {
    const { digest } = new Unavailable(reason);
    expect(readUnavailability(Object.assign(new Error("hidden"), { digest }))).toEqual(reason);
  },
);

test.each([null, "unavailable:database:0", new Error("x"), Object.assign(new Error("x"), { digest: "123456" })])(
  "any other error is a fault",
  (error) => {
    expect(readUnavailability(error)).toBeNull();
  },
);
