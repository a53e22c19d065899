import psycopg2

connection = psycopg2.connect("postgresql://shop:shop@localhost/shop")


def count_users()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM users")
        return cursor.fetchone()[0]
