import type { Page } from '#console/kit/page.ts';
import { today } from '#console/pages/today.tsx';

/** Every page of the console, in the order of the navigation. Whose page each is stands in it, and is tested for every role. */
export const pages: readonly Page[] = [today];
