-- MBIDs that lead to another one. Read under the lock of a batch, so that none of its records is applied by the old one.
select old_mbid as old, mbid as new from mbid_redirects
