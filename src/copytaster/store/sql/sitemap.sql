SELECT part, changed, stories FROM sitemap_parts WHERE stories > 0 ORDER BY part;
