/** Somebody who may fill a seat, by index; `gated` people together may fill at most `gate` of the demand's seats. */
export interface SeatCandidate {
  readonly index: number;
  readonly gated: boolean;
}

/** Seats to be filled with different people. Candidates are in the order in which ties are decided. */
export interface Demand {
  readonly seats: number;
  readonly gate: number;
  readonly candidates: readonly SeatCandidate[];
}

/**
 * Who fills each demand (indexes below `people`), so that the largest number of seats of one person is the smallest
 * possible. Every demand must be fillable by itself. Demands are served in order.
 *
 * First each demand takes the least loaded, ties by the order of its candidates. Then, level by level, whoever has the
 * most hands a seat on along a shortest chain to somebody who has at least two less. When one of them finds no such
 * chain, no assignment has a smaller maximum: all whom the chains reach have the maximum or one less, and nobody else
 * could fill any of their seats (a cut of the flow network demand → gate → person). Growth: seats × people for the first
 * part; a chain costs at most as much, and few are needed.
 */
export function fillBalanced(demands: readonly Demand[], people: number): number[][] {
  const seating = new Seating(demands, people);
  seating.fill();
  seating.level();
  return seating.filled();
}

const UNSEEN = -1;

class Seating {
  readonly #demands: readonly Demand[];
  readonly #people: number;
  readonly #load: Int32Array;
  /** For each demand: who sits there, and whether through its gate. */
  readonly #seated: readonly Map<number, boolean>[];
  readonly #throughGate: Int32Array;
  /** For each person: the demands with a seat. */
  readonly #seatsOf: readonly Set<number>[];
  /** Search state: the node that each node was reached from. Nodes are people, then two for each demand. */
  readonly #reachedFrom: Int32Array;
  #queue: number[] = [];

  constructor(demands: readonly Demand[], people: number) {
    this.#demands = demands;
    this.#people = people;
    this.#load = new Int32Array(people);
    this.#seated = demands.map(() => new Map<number, boolean>());
    this.#throughGate = new Int32Array(demands.length);
    this.#seatsOf = Array.from({ length: people }, () => new Set<number>());
    this.#reachedFrom = new Int32Array(people + 2 * demands.length);
  }

  filled(): number[][] {
    return this.#seated.map((seated) => Array.from(seated.keys()));
  }

  fill(): void {
    for (const [index, demand] of this.#demands.entries()) {
      for (let seat = 0; seat < demand.seats; seat += 1) {
        const chosen = this.#leastLoaded(index, demand);
        if (chosen === undefined) {
          throw new Error(`demand ${index} can't be filled by itself: check that before balancing`);
        }
        this.#sit(index, chosen.index, chosen.gated);
        this.#addLoad(chosen.index, 1);
      }
    }
  }

  level(): void {
    for (let most = this.#load.reduce((a, b) => Math.max(a, b), 0); most > 1; most -= 1) {
      for (const [person, load] of this.#load.entries()) {
        if (load === most && !this.#handOn(person, most - 2)) {
          return;
        }
      }
    }
  }

  #leastLoaded(index: number, demand: Demand): SeatCandidate | undefined {
    const gateOpen = (this.#throughGate[index] ?? 0) < demand.gate;
    const seated = this.#seated[index];
    let best: SeatCandidate | undefined;
    let bestLoad = Number.POSITIVE_INFINITY;
    for (const candidate of demand.candidates) {
      const load = this.#load[candidate.index] ?? 0;
      // Strictly less: of equally loaded candidates the first in order stays.
      if (load < bestLoad && (gateOpen || !candidate.gated) && seated?.has(candidate.index) !== true) {
        best = candidate;
        bestLoad = load;
      }
    }
    return best;
  }

  /** Moves one seat away from `from`, along a chain that ends at somebody with at most `atMost` seats. */
  #handOn(from: number, atMost: number): boolean {
    this.#reachedFrom.fill(UNSEEN);
    this.#queue = [];
    this.#reach(from, from);
    // The queue grows while it is walked: breadth first, so the chain is a shortest one.
    for (const node of this.#queue) {
      if (node >= this.#people) {
        this.#searchDemand(node);
      } else if ((this.#load[node] ?? 0) <= atMost) {
        this.#shift(from, node);
        return true;
      } else {
        this.#searchPerson(node);
      }
    }
    return false;
  }

  #reach(node: number, from: number): void {
    if (this.#reachedFrom[node] === UNSEEN) {
      this.#reachedFrom[node] = from;
      this.#queue.push(node);
    }
  }

  /** A person's seats can fall free: behind the gate when they sit through it, before it otherwise. */
  #searchPerson(person: number): void {
    for (const demand of this.#seatsOf[person] ?? []) {
      const gated = this.#seated[demand]?.get(person) === true;
      this.#reach(this.#node(demand, gated), person);
    }
  }

  #searchDemand(node: number): void {
    const index = (node - this.#people) >> 1;
    const behindGate = ((node - this.#people) & 1) === 1;
    const demand = this.#demands[index];
    const seated = this.#seated[index];
    for (const candidate of demand?.candidates ?? []) {
      if (candidate.gated === behindGate && seated?.has(candidate.index) !== true) {
        this.#reach(candidate.index, node);
      }
    }
    // Giving up a place in the gate is always possible; taking one only while the gate has room.
    if (behindGate || (this.#throughGate[index] ?? 0) < (demand?.gate ?? 0)) {
      this.#reach(this.#node(index, !behindGate), node);
    }
  }

  #node(demand: number, gated: boolean): number {
    return this.#people + 2 * demand + (gated ? 1 : 0);
  }

  /** Carries out the chain that the search found from `from` to `to`. */
  #shift(from: number, to: number): void {
    this.#addLoad(from, -1);
    this.#addLoad(to, 1);
    let entering = to;
    while (entering !== from) {
      const group = this.#reachedFrom[entering] ?? from;
      let leaving = group;
      while (leaving >= this.#people) {
        leaving = this.#reachedFrom[leaving] ?? from;
      }
      const demand = (group - this.#people) >> 1;
      this.#stand(demand, leaving);
      this.#sit(demand, entering, ((group - this.#people) & 1) === 1);
      entering = leaving;
    }
  }

  #sit(demand: number, person: number, gated: boolean): void {
    this.#seated[demand]?.set(person, gated);
    this.#seatsOf[person]?.add(demand);
    this.#throughGate[demand] = (this.#throughGate[demand] ?? 0) + (gated ? 1 : 0);
  }

  #stand(demand: number, person: number): void {
    const gated = this.#seated[demand]?.get(person) === true;
    this.#seated[demand]?.delete(person);
    this.#seatsOf[person]?.delete(demand);
    this.#throughGate[demand] = (this.#throughGate[demand] ?? 0) - (gated ? 1 : 0);
  }

  #addLoad(person: number, by: number): void {
    this.#load[person] = (this.#load[person] ?? 0) + by;
  }
}
