import * as z from "zod";
import { DEFAULT_PROFILE_ID, DEFAULT_PROFILE_NAME, MAX_PROFILES, Profile, ProfileId } from "#shared/domain/profile.ts";
import { AppError } from "#shared/errors.ts";

/** All profiles and the one in use, of which `settings` is as it was when it was last left. */
export interface ProfileBook {
  readonly profiles: readonly Profile[];
  readonly activeId: string;
}

const DEFAULT_PROFILE: Profile = { id: DEFAULT_PROFILE_ID, name: DEFAULT_PROFILE_NAME, settings: {} };
export const FIRST_BOOK: ProfileBook = { profiles: [DEFAULT_PROFILE], activeId: DEFAULT_PROFILE_ID };

const SavedBook = z.object({ profiles: z.array(z.unknown()).max(MAX_PROFILES), profile: ProfileId });

/** From the saved settings' JSON. A profile that makes no sense is left out; one that is in use is always there. */
export function readBook(json: object): ProfileBook {
  const saved = SavedBook.safeParse(json).data;
  if (saved === undefined) return FIRST_BOOK;
  const profiles = saved.profiles.flatMap((profile) => Profile.safeParse(profile).data ?? []);
  const isKnown = profiles.some(({ id }) => id === saved.profile);
  if (isKnown) return { profiles, activeId: saved.profile };
  return { profiles: [{ ...DEFAULT_PROFILE, id: saved.profile }, ...profiles], activeId: saved.profile };
}

/** How it is saved beside the settings: not at all as long as nobody made a profile. */
export function toSaved({ profiles, activeId }: ProfileBook): object {
  const [first, ...others] = profiles;
  const isFirst = others.length === 0 && first?.id === DEFAULT_PROFILE_ID && first.name === DEFAULT_PROFILE_NAME;
  return isFirst ? {} : { profiles, profile: activeId };
}

/** Throws AppError `input.invalid`. */
export function findProfile(profiles: readonly Profile[], id: string): Profile {
  const profile = profiles.find((candidate) => candidate.id === id);
  if (profile === undefined) throw invalid("id", "This profile is not there any more.");
  return profile;
}

/** The book with one profile more, or with another in its place. Throws AppError `input.invalid`. */
export function withProfile(book: ProfileBook, profile: Profile): ProfileBook {
  const others = book.profiles.filter(({ id }) => id !== profile.id);
  const isTaken = others.some(({ name }) => name.toLowerCase() === profile.name.toLowerCase());
  if (isTaken) throw invalid("name", `There is another profile named ${JSON.stringify(profile.name)}.`);
  if (others.length >= MAX_PROFILES) throw invalid("name", `There are ${MAX_PROFILES} profiles. Delete one first.`);
  const index = book.profiles.findIndex(({ id }) => id === profile.id);
  return { ...book, profiles: index === -1 ? [...others, profile] : book.profiles.with(index, profile) };
}

/** Throws AppError `input.invalid` for the one in use: there is always one. */
export function withoutProfile(book: ProfileBook, id: string): ProfileBook {
  const { name } = findProfile(book.profiles, id);
  if (id === book.activeId) {
    throw invalid("id", `${JSON.stringify(name)} is in use. Switch to another profile first.`);
  }
  return { ...book, profiles: book.profiles.filter((profile) => profile.id !== id) };
}

function invalid(path: string, message: string): AppError {
  return new AppError("input.invalid", message, { details: { path } });
}
