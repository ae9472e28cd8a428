import { describe, expect, it } from "vitest";
import { passwordWeakness } from "./password-strength";
import { requireStrongPassword } from "./passwords";

const owner = ["owner.smith@example.com", "Olivia Smith"];

describe("a new password", () => {
  it.each([
    ...["qwerty123456", "Summer2026Summer!", "password1password1", "1q2w3e4r5t6y", "p@ssw0rdp@ssw0rd"],
    ...["letmein123letmein", "abc123abc123abc", "Password1234!", "aaaaaaaaaaaa", "123456789012", "abcabcabcabc"],
    ...["Administrator1", "qwertyuiop12", "storemonitoring1", "Store-Monitoring-2026", "Summer2026Winter!"],
    ...["Summer2026!Summer2027!", "Monday2026Tuesday!", "Football2026Football!", "Ada1Ada2Ada3Ada4", "MyPassword2026!"],
    ...["P@$$w0rd2026!", "!QAZ2wsx#EDC", "thequickbrownfox", "correcthorsebatterystaple", "January February March"],
    ...["1qaz2wsx3edc", "iloveyou2026!!", "trustno1trustno1", "superuser-password", "ｐａｓｓｗｏｒｄ１２３４"],
  ])("is not the predictable %s", (password) => {
    expect(passwordWeakness(password, [])).toMatch(/^[A-Z].*\.$/);
  });

  it.each(["owner.smith1", "SmithOlivia2026", "olivia.smith!!", "owner.smith@example.com", "ownersmith2026!"])(
    "is not the person's own %s",
    (password) => {
      expect(passwordWeakness(password, owner)).toMatch(/your own name or e-mail address/);
    },
  );

  it.each([
    ...["correct horse battery staple", "nine quiet cormorants", "tidy walrus lamp orbit", "Kp7!xQ2m#Vz9"],
    ...["a sentence that only I would write", "the cat and the dog and the cow", "9f8a7c6b5d4e", "xkqzvwmpltrb"],
    ...["lampenschirm wolke apfel tiger", "шумный лес и тихая река"],
  ])("may be %s", (password) => {
    expect(passwordWeakness(password, owner)).toBeNull();
  });

  it("costs no more when it is very long", () => {
    const since = process.cpuUsage();
    passwordWeakness("4@8({[<369&#!|1/0$5+7%2".repeat(50_000), owner);
    const { user, system } = process.cpuUsage(since);
    expect((user + system) / 1e6).toBeLessThan(10);
  });
});

describe("a password that a user chooses", () => {
  it("is rejected with the reason and what to do, at its field", async () => {
    await expect(requireStrongPassword("Summer2026Summer!", { email: null })).rejects.toMatchObject({
      code: "weak_password",
      message: expect.stringMatching(/repeats a word.*Choose four or more words/) as string,
      options: { faults: [{ pointer: "/password", code: "weak_password" }] },
    });
    await expect(requireStrongPassword("SmithOlivia2026", { email: null, name: "Olivia Smith" })).rejects.toThrow(
      /your own name/,
    );
    await expect(requireStrongPassword("nine quiet cormorants", { email: "a@example.com" })).resolves.toBeUndefined();
  });

  it("is checked without blocking anything else, however many arrive at once", async () => {
    await requireStrongPassword("nine quiet cormorants", { email: null });
    const hard = "4@8({[<369&#!|1/0$5+7%2".repeat(5);
    const judging = Promise.all(Array.from({ length: 4 }, () => requireStrongPassword(hard, { email: null })));
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    await judging;
    clearInterval(turning);
    expect(turns).toBeGreaterThan(20);
  });
});
