import { z } from "zod";
import { type Department } from "../records";
import { type Store } from "../store";
import { createRandom, generateName, pick } from "./big-names";
import { rootDepartmentId } from "./departments";
import { deriveId, type Person, personSchema } from "./people";

export const bigCompanySchema = z.strictObject({
  people: z.number().int().min(1).max(100_000),
  /** Another seed gives other names and departments. */
  seed: z.number().int().default(1),
});

type Order = z.output<typeof bigCompanySchema>;
export type BigCompanyInput = z.input<typeof bigCompanySchema>;

const peoplePerGroup = 30;
const firstDepartmentId = 900_000_001;
const levels = ["事业群", "事业部", "中心", "部", "组"] as const;
const subjects = [..."研产市财人法质运客供"] as const;

/**
 * Adds generated employees in a department tree of five levels, to the company as it is and without events. The same order
 * gives the same company: staff000001 to staff100000, of whom staff000040 is in 40 departments.
 */
export function seedBigCompany(store: Store, order: Order): { people: number; departments: number } {
  const departments = createTree(Math.ceil(order.people / peoplePerGroup));
  for (const department of departments) store.departments.put(department);
  const groups = departments.filter(({ name }) => name.endsWith("组"));
  const template = personSchema.parse({ userid: "staff", name: "员工" });
  const random = createRandom(order.seed);
  for (let number = 1; number <= order.people; number += 1) {
    store.people.putChecked(generatePerson({ number, groups, template, random }));
  }
  return { people: order.people, departments: departments.length };
}

/** Department ids count from level to level, so that a department's parent is found by division. */
function createTree(groupCount: number): Department[] {
  const breadth = Math.max(2, Math.ceil(groupCount ** (1 / levels.length)));
  const counts = levels.map((_name, depth) => Math.ceil(groupCount / breadth ** (levels.length - 1 - depth)));
  return levels.flatMap((name, depth) => {
    const firstId = firstDepartmentId + depth * 1_000_000;
    return Array.from({ length: counts[depth] ?? 0 }, (_unused, index) => ({
      id: firstId + index,
      name: `${subjects[index % subjects.length] ?? ""}${index + 1}${name}`,
      parentId: depth === 0 ? rootDepartmentId : firstId - 1_000_000 + Math.floor(index / breadth),
      order: index,
      managers: name === "组" ? [useridOf(index + 1)] : [],
    }));
  });
}

type Place = Person["departments"][number];
type Generation = { number: number; groups: Department[]; template: Person; random: () => number };

function generatePerson({ number, groups, template, random }: Generation): Person {
  const userid = useridOf(number);
  const departments = placesOf(number, groups, random);
  return {
    ...template,
    userid,
    name: generateName(random),
    unionid: deriveId("union", userid),
    openid: deriveId("open", userid),
    title: pick(random, titles),
    jobNumber: `S${String(number).padStart(6, "0")}`,
    mobile: random() < 0.95 ? String(15_000_000_000 + number) : null,
    hideMobile: random() < 0.01,
    email: random() < 0.8 ? `${userid}@xinghe.example` : null,
    workPlace: pick(random, workPlaces),
    hiredDate: Date.UTC(2010 + (number % 16), number % 12, 1 + (number % 28)),
    active: random() >= 0.02,
    managerUserid: managerOf(number, departments, groups),
    departments,
  };
}

/** One department, or two, or for staff000040 forty. A tenth of the company crowds into the first three groups. */
function placesOf(number: number, groups: Department[], random: () => number): Place[] {
  if (number === 40) return groups.slice(0, 40).map(({ id }, index) => place(id, number * 100 + index));
  const isCrowded = number > groups.length && number % 10 === 0;
  const first = isCrowded ? (number / 10) % 3 : (number - 1) % groups.length;
  const second = random() < 0.1 ? Math.floor(random() * groups.length) : first;
  return [...new Set([first, second])].flatMap((index) => {
    const group = groups[index];
    return group ? [place(group.id, number, { leader: number === index + 1 })] : [];
  });
}

/** DingTalk's orders are above 2^53 and differ in the last digits, which a number cannot hold. */
function place(id: number, number: number, { leader = false } = {}): Place {
  return { id, leader, order: String(176_294_286_838_700_000n + BigInt(number)), title: null };
}

/** The first person of a group leads it. The ids of the groups follow each other. */
function managerOf(number: number, places: Place[], groups: Department[]): string | null {
  const index = (places[0]?.id ?? 0) - (groups[0]?.id ?? 0);
  return number === index + 1 ? "user0011" : useridOf(index + 1);
}

function useridOf(number: number): string {
  return `staff${String(number).padStart(6, "0")}`;
}

const titles = [
  "工程师",
  "高级工程师",
  "产品经理",
  "销售代表",
  "会计",
  "客服专员",
  "设计师",
  "运营专员",
  "法务",
  "HRBP",
] as const;
const workPlaces = ["杭州", "上海", "北京", "深圳", "成都", "San Francisco"] as const;
