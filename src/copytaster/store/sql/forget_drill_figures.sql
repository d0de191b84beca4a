DELETE FROM drill_figures WHERE began < :before;
