# What a page of venues leads to when a city is seeded: venues elsewhere are kept as they came and skipped; a listing at one
# brings it in all the same.
.request.city as $city
| { skip: ([ .records[] | select((.city.name? // "" | ascii_downcase) != ($city | ascii_downcase)) | { (.id): "not-in-the-city" } ]
    | add // {}) }
