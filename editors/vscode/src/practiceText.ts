// What is shown of exercises. Nothing here knows VS Code.
import type { Exercise } from "./protocol";

const STATES: Record<Exercise["state"], string> = {
  new: "",
  started: "begun",
  passed: "passed",
  gaveUp: "given up",
};

/** An exercise as a row of a list. Words say how far it is; the icon only repeats them. */
export function row(exercise: Exercise): { label: string; description: string; icon: string } {
  const state = STATES[exercise.state];
  const icons = { new: "circle-outline", started: "edit", passed: "pass", gaveUp: "eye" };
  return {
    label: exercise.title,
    description: state ? `${exercise.level}, ${state}` : exercise.level,
    icon: icons[exercise.state],
  };
}

/** The exercises by topic, in their order. */
export function byTopic(exercises: Exercise[]): { title: string; exercises: Exercise[] }[] {
  const topics: { id: string; title: string; exercises: Exercise[] }[] = [];
  for (const exercise of exercises) {
    const { id, title } = exercise.topic;
    const last = topics.at(-1);
    if (last?.id === id) last.exercises.push(exercise);
    else topics.push({ id, title, exercises: [exercise] });
  }
  return topics;
}

/** A command as a person would type it. It is shown, not given to a shell. */
export function commandLine(program: string, args: string[]): string {
  const quoted = (word: string) => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : JSON.stringify(word));
  return [program, ...args].map(quoted).join(" ");
}
