import { type Person } from "../company/person";

/** A picture made of the last characters of a name, as DingTalk draws its own default ones, in a colour of its own. */
export function drawAvatar(person: Person): string {
  const hue = [...person.userid].reduce((sum, character) => sum + character.charCodeAt(0) * 37, 0) % 360;
  const letters = [...person.name].slice(-2).join("").replace(/[<&>]/g, "");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96"><rect width="96" height="96" fill="hsl(${hue} 55% 42%)"/><text x="48" y="60" font-family="sans-serif" font-size="34" font-weight="600" fill="#fff" text-anchor="middle">${letters}</text></svg>`;
}
