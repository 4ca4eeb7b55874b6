package org.orrery.cli.paper;

import java.util.Map;

/**
 * A figure of a paper beside what is measured here.
 *
 * @param table the paper and its table, for instance {@code L93.7}
 * @param row within that table
 * @param unit of the figures
 * @param published null where the paper has no figure
 * @param measured on the simulated machine
 * @param residual measured less published, null without a published figure
 * @param causes the measured cycles by cause, where they are cycles of a run, or the bytes by what they hold
 */
public record Row(
        String table,
        String row,
        String unit,
        Double published,
        double measured,
        Double residual,
        Map<String, Double> causes) {
    private static final double PRECISION = 100;

    /** A row whose figures are rounded to two places. */
    static Row of(String table, String row, String unit, Double published, double measured) {
        return of(table, row, unit, published, measured, Map.of());
    }

    static Row of(
            String table, String row, String unit, Double published, double measured, Map<String, Double> causes) {
        Double residual = published == null ? null : round(measured - published);
        return new Row(table, row, unit, published, round(measured), residual, causes);
    }

    static double round(double value) {
        return Math.round(value * PRECISION) / PRECISION + 0.0; // no -0.0
    }
}
