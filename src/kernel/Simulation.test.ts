import { describe, expect, it } from 'vitest';
import { PRIORITY } from './EventQueue.ts';
import { Simulation, SimulationStuck } from './Simulation.ts';

function noting(simulation: Simulation) {
  const notes: string[] = [];
  const note = (name: string) => ({ fire: () => notes.push(`${simulation.nowUs} ${name}`) });
  return { notes, note };
}

describe('Simulation', () => {
  it('lets acts come before the events of their time, whenever they were scheduled', () => {
    const simulation = new Simulation();
    const { notes, note } = noting(simulation);
    simulation.at(10, note('first'));
    simulation.at(10, note('second'));
    simulation.at(10, note('act'), 0, PRIORITY.act);
    simulation.at(9, note('earlier'));
    simulation.run(11);
    expect(notes).toEqual(['9 earlier', '10 act', '10 first', '10 second']);
  });

  it('runs what lies before the end, not what lies at it, and then says that it has come so far', () => {
    const simulation = new Simulation();
    const { notes, note } = noting(simulation);
    simulation.at(9, note('before'));
    simulation.at(10, note('at the end'));
    expect(simulation.run(10)).toBe(10);
    expect([notes, simulation.nowUs, simulation.events]).toEqual([['9 before'], 10, 1]);
    simulation.at(10, note('act at the horizon'), 0, PRIORITY.act);
    simulation.run(11);
    expect(notes.slice(1)).toEqual(['10 act at the horizon', '10 at the end']);
  });

  it('stops after a number of events only between two times', () => {
    const simulation = new Simulation();
    const { notes, note } = noting(simulation);
    for (const atUs of [1, 5, 5, 5, 8]) simulation.at(atUs, note('event'));
    expect(simulation.run(100, 2)).toBe(8);
    expect(notes).toHaveLength(4);
    expect(simulation.run(100, 2)).toBe(100);
    expect(notes).toHaveLength(5);
  });

  it('moves an event that would lie in the past to now', () => {
    const simulation = new Simulation();
    const { notes, note } = noting(simulation);
    simulation.at(50, { fire: () => simulation.at(3, note('late')) });
    simulation.at(50, note('there already'));
    simulation.run(60);
    expect(notes).toEqual(['50 there already', '50 late']);
  });

  it('passes every boundary before the events at its time, with no event of its own', () => {
    const simulation = new Simulation();
    const { notes, note } = noting(simulation);
    simulation.boundaryUs = 10;
    simulation.onBoundary = (boundaryUs) => {
      notes.push(`boundary ${boundaryUs}`);
      simulation.boundaryUs = boundaryUs + 10;
    };
    simulation.at(10, note('ten'));
    simulation.at(35, note('late'));
    simulation.run(40);
    expect(notes).toEqual(['boundary 10', '10 ten', 'boundary 20', 'boundary 30', '35 late', 'boundary 40']);
    expect(simulation.events).toBe(2);
  });

  it('says so when time stands still', () => {
    const simulation = new Simulation();
    const again = { fire: () => simulation.after(0, again) };
    simulation.at(7, again);
    expect(() => simulation.run(100)).toThrow(SimulationStuck);
    expect(simulation.nowUs).toBe(7);
  });
});
